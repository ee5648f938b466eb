/** What is said in words for people is said in one of these. */
export const languages = ['en', 'de'] as const

export type Language = (typeof languages)[number]
