import { propose } from "../../../text/en/proposals/propose";
import { numberOf, questions, type Question } from "./questions";

/** The browser's tab tells the number of a question too. */
export const tabOf = (question: Question): string => propose.tab(numberOf(question), questions.length);
