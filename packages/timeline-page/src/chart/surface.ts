/** A canvas with the resolution of the screen, drawn on in CSS pixels. */
export class Surface {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  readonly #font: string

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('This browser has no canvas to draw on')
    this.canvas = canvas
    this.context = context
    this.#font = `11px ${getComputedStyle(canvas).fontFamily}`
  }

  get widthPx(): number {
    return this.canvas.clientWidth
  }

  get heightPx(): number {
    return this.canvas.clientHeight
  }

  /** Clears the canvas, and fits it to the size that it has on the page now. */
  clear(): void {
    const { canvas, context } = this
    const scale = devicePixelRatio
    canvas.width = Math.round(this.widthPx * scale)
    canvas.height = Math.round(this.heightPx * scale)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.font = this.#font
    context.textBaseline = 'middle'
  }

  /** Draws a horizontal or a vertical line, one pixel wide. */
  line(fromX: number, fromY: number, toX: number, toY: number, color: string): void {
    this.context.fillStyle = color
    const [x, y] = [Math.round(Math.min(fromX, toX)), Math.round(Math.min(fromY, toY))]
    this.context.fillRect(
      x,
      y,
      Math.max(1, Math.round(Math.abs(toX - fromX))),
      Math.max(1, Math.round(Math.abs(toY - fromY))),
    )
  }

  text(text: string, x: number, y: number, color: string, align: CanvasTextAlign = 'left'): void {
    this.context.fillStyle = color
    this.context.textAlign = align
    this.context.fillText(text, x, y)
  }

  widthOf(text: string): number {
    return this.context.measureText(text).width
  }
}
