type Environment = Readonly<Record<string, string | undefined>>

/** What belongs to the editor's own process: it would make the engine's Node load the editor's hooks, or take it for one of its windows. */
const editorsOwn = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/i

/** The environment for the engine's process. `electron`: whether the program that is to run it is Electron, which is Node only when told so. */
export const engineEnvironment = (env: Environment, electron: boolean): Record<string, string> =>
  Object.fromEntries([
    ...Object.entries(env).flatMap(([name, value]) => (value === undefined || editorsOwn.test(name) ? [] : [[name, value]])),
    ...(electron ? [['ELECTRON_RUN_AS_NODE', '1']] : []),
  ])
