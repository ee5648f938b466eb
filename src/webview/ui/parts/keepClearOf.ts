/** Keeps what is scrolled to, by a step or because it has the focus, from hiding behind a bar that stays on top. Its height is `--bar` for the styles. */
export function keepClearOf(bar?: Element): void {
  if (bar === undefined) return
  const { style } = document.documentElement
  new ResizeObserver(() => {
    const height = `${Math.ceil(bar.getBoundingClientRect().height)}px`
    style.setProperty('--bar', height)
    style.scrollPaddingTop = height
  }).observe(bar)
}
