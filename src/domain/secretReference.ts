/**
 * Where a connection's secret is had; never the secret. `file` is an absolute path. `editor`: VS Code keeps it (SecretStorage), and gives it to its own
 * engines alone. Those ask it before `fd` and `vault` too, which are the command line's.
 */
export type SecretReference = { readonly file: string } | { readonly fd: number } | { readonly vault: true } | { readonly editor: true }
