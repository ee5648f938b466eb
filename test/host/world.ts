/** One organisation of the sandbox, as a suite in the extension host knows it. */
export interface WorldSide {
  /** Its administrator's user principal name before the domain moved. */
  readonly admin: string
  readonly password: string
  /** The domain that always is its own. */
  readonly ownDomain: string
  readonly people: readonly string[]
}

/** The sandbox that runs outside of the editor. */
export interface World {
  readonly control: { readonly url: string; readonly token: string }
  readonly discovery: string
  readonly fingerprints: readonly string[]
  readonly domain: string
  readonly leaving: WorldSide
  readonly receiving: WorldSide
}
