import { accessibility } from "../../text/en/about";
import { Words } from "./Words";

export default function Accessibility() {
  return <Words {...accessibility} />;
}
