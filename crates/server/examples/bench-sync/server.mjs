import express from "express";
import serve from "express-pouchdb";
import PouchDB from "pouchdb";

const Here = PouchDB.defaults({ prefix: "./server-" });
const app = express();
app.use("/", serve(Here, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: "./log.txt" }));
app.listen(Number(process.argv[2]), "127.0.0.1");
