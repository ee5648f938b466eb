/** What VS Code gives a webview's page, once. */
interface Workbench {
  postMessage(message: unknown): void
  setState(state: unknown): void
}

type FromHost<State> = { readonly type: 'state'; readonly state: State } | { readonly type: 'memory'; readonly memory: unknown }

declare function acquireVsCodeApi(): Workbench

export interface Page<Message> {
  send(message: Message): void
}

/**
 * The page's end of its panel: `onState` is called with each state the host shows, the first one soon. What the host gives for remembering is kept by the
 * workbench for the case that the window is reloaded.
 */
export function connectPage<State, Message>(onState: (state: State) => void): Page<Message> {
  const workbench = acquireVsCodeApi()
  window.addEventListener('message', ({ data }: MessageEvent<FromHost<State>>) => {
    if (data.type === 'memory') workbench.setState(data.memory)
    else if (data.type === 'state') onState(data.state)
  })
  workbench.postMessage({ type: 'ready' })
  return { send: message => workbench.postMessage(message) }
}
