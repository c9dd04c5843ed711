import { privacy } from "../../text/en/about";
import { Words } from "./Words";

export default function Privacy() {
  return <Words {...privacy} />;
}
