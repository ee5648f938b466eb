/** Ids are UUIDv7 text made in the ledger's transaction; the brands keep one from being passed for another. */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ConnectionId = Branded<'connection'>
export type JobId = Branded<'job'>
export type PairId = Branded<'pair'>
export type EngineId = Branded<'engine'>

/** For the edges only: what the ledger or a checked request gave. */
export const asConnectionId = (text: string): ConnectionId => text as ConnectionId
export const asJobId = (text: string): JobId => text as JobId
export const asPairId = (text: string): PairId => text as PairId
export const asEngineId = (text: string): EngineId => text as EngineId
