import { mount } from "svelte";
import App from "./App.svelte";
import { prepareDoor } from "./api/client";
import "./styles/tokens.css";
import "./styles/map.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/charts.css";

await prepareDoor();
mount(App, { target: document.getElementById("app")! });
