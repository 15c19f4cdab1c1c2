/** What `rivulet timeline` is asked to do. */
export interface TimelineRequest {
  /** The saved run, `-` for our own stdin. */
  path: string
  /** Where to write; our stdout if it is undefined. */
  out: string | undefined
  format: 'html' | 'svg'
  title: string | undefined
}
