// Words that belong to every picture.

export const charts = {
  asTable: "The same as a table",
  share: "value",
  range: "likely range",
  tooFew: "too few people to show",
  notShown: "not shown",
  noData: "nothing to count",
  likely: (low: string, high: string) => `${low} to ${high}`,
  oneDot: (people: string) => `One dot stands for ${people} people.`,
} as const;
