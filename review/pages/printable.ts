/** What a preview, or an answer of Azure's, holds does not steer somebody's terminal. */
export const printable = (words: string) => words.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
