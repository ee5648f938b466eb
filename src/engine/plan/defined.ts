type Defined<Of> = { [Key in keyof Of]?: Exclude<Of[Key], undefined> }

/** The properties that have a value. */
export const defined = <Of extends object>(properties: Of): Defined<Of> =>
  // Proof of the cast: only entries without a value are left out.
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Defined<Of>
