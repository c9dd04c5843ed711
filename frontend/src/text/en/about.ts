// Pages of plain words.

export const privacy = {
  title: "Who can see what",
  lead: "In short: your communities see your name and your work. Nobody sees what you read.",
  parts: [
    {
      title: "Your name and organisation",
      text: [
        "Members of your communities see your name, your organisation and your role there. People outside do not. Where you lead a session or speak at it, whoever may see the session sees your name.",
      ],
    },
    {
      title: "Whether you come",
      text: [
        "Everyone who may see a session sees how many people said yes. Members of the community see who has a place. Those who run the session see every answer, so that they can prepare and mark the register.",
      ],
    },
    {
      title: "What you read",
      text: [
        "Nobody is shown what a named person reads, not even someone who leads the community. It is only counted together with everyone else.",
      ],
    },
    {
      title: "Numbers",
      text: [
        "Numbers about a community are made from many people together. Those who lead it see them exactly, and it is recorded that they looked. For everybody else counts are rounded, and left out where fewer than eight people stand behind them.",
      ],
    },
    {
      title: "Confidential communities",
      text: [
        "A confidential community is not in any list, count or search for people outside it. For them it does not exist.",
      ],
    },
    {
      title: "Leaving",
      text: ["You can pause or leave a community at any time, without giving a reason."],
    },
  ],
} as const;

export const accessibility = {
  title: "Accessibility",
  lead: "Trellis is made for everybody in the network, also on an old computer and a slow phone.",
  parts: [
    {
      title: "What works",
      text: [
        "Every page works with a keyboard alone and with a screen reader.",
        "Text may be twice as large, or wider spaced, and nothing is lost.",
        "You can choose light or dark at the foot of every page. High-contrast settings of your device are kept.",
        "Every picture has a sentence that says what it shows, and its numbers as a table or a list.",
      ],
    },
    {
      title: "If something does not work",
      text: [
        "Please tell the people who run your network. Say which page it was and what you use. We aim at WCAG 2.2 level AA, and treat a barrier as a fault.",
      ],
    },
  ],
} as const;
