/** The button that changes between dark and light; without it the system decides. */
export function listenToTheme(button: HTMLButtonElement, onChange: () => void): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const isDark = (): boolean => (root.dataset.theme === undefined ? system.matches : root.dataset.theme === 'dark')
  const tell = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
    onChange()
  }
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    tell()
  })
  system.addEventListener('change', tell)
  tell()
}
