/** Where a connection's secret is had; never the secret. `file` is an absolute path. */
export type SecretReference = { readonly file: string } | { readonly fd: number } | { readonly vault: true }
