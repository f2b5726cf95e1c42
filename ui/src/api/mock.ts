export function mockDoor(): never { throw new Error("later"); }
