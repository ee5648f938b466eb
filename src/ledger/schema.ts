/** Tables of the ledger, one property each. */
export interface Schema {
  placeholder: { id: number }
}
