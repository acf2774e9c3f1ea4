/** How long a job goes on before it hands on to its next run: well within the two minutes after which it counts as lost. */
export const runBudgetMs = 50_000;
