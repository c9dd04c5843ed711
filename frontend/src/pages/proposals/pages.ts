// The pages of this room, named in one place and fetched one by one, so that whoever never comes here
// fetches nothing of it, not even where it lies.

export const plan = () => import("./plans/Plan");
export const proposals = () => import("./Proposals");
export const proposal = () => import("./Proposal");
export const propose = () => import("./ideas/Propose");
export const desk = () => import("./Desk");
export const answerSounding = () => import("./soundings/AnswerSounding");
export const answerCall = () => import("./calls/AnswerCall");
