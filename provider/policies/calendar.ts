/** As Azure's policies name them. */
export const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export const weeks = ["First", "Second", "Third", "Fourth", "Last"] as const;
export const months = [
  ...(["January", "February", "March", "April", "May", "June"] as const),
  ...(["July", "August", "September", "October", "November", "December"] as const),
] as const;
export type Weekday = (typeof weekdays)[number];
export type Week = (typeof weeks)[number];
export type Month = (typeof months)[number];
