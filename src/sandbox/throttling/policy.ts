/** The part of a throttling policy (`Set-ThrottlingPolicy`) that concerns EWS. */
export interface ThrottlingPolicy {
  /** Requests at once. */
  readonly ewsMaxConcurrency: number
  /** Milliseconds of the server's time that may be used at once before anything is slowed down. */
  readonly ewsMaxBurst: number
  /** Milliseconds of the server's time that are given back in an hour. */
  readonly ewsRechargeRate: number
  /** Milliseconds below nothing at which requests are refused. */
  readonly ewsCutoffBalance: number
}

/** The global policy of Exchange 2013 and later. */
export const defaultPolicy: ThrottlingPolicy = {
  ewsMaxConcurrency: 27,
  ewsMaxBurst: 300_000,
  ewsRechargeRate: 900_000,
  ewsCutoffBalance: 3_000_000,
}

/** Exchange 2010 counts connections and percents of a minute; of these the sandbox has the connections. */
export const policyOf2010: ThrottlingPolicy = {
  ewsMaxConcurrency: 10,
  ewsMaxBurst: Number.POSITIVE_INFINITY,
  ewsRechargeRate: 0,
  ewsCutoffBalance: Number.POSITIVE_INFINITY,
}
