import { render } from "preact";
import { recognise } from "./me";
import { App } from "./shell";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/app.css";

void recognise();
render(<App />, document.body);
