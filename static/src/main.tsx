import { render } from "preact";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element with the id app.");
render(<h1>Convene</h1>, root);
