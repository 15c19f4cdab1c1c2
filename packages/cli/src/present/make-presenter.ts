import { JsonPresenter } from './json-presenter.ts'
import type { Presenter } from './presenter.ts'
import type { PresenterStyle } from './presenter-style.ts'
import { RawPresenter } from './raw-presenter.ts'
import { TextPresenter } from './text-presenter.ts'

/**
 * The presenter for a style.
 *
 * @throws A `RangeError` for a prefix that is no template, as `parsePrefix` does.
 */
export function makePresenter(style: PresenterStyle): Presenter {
  switch (style.format) {
    case 'text':
    case 'plain':
      return new TextPresenter(style)
    case 'jsonl':
      return new JsonPresenter()
    case 'raw':
      return new RawPresenter(style)
  }
}
