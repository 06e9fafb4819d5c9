/** Settings that a program manages as a whole; of the others, it manages the fields that it names. */
export const isWhole = (name: string): boolean => ["tags", "identity", "accept", "timeouts"].includes(name);
