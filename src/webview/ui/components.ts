// The only file that names the toolkit, which is archived: whoever replaces it begins and ends here.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit'

/** Defines `<vscode-button>` and its like; to be called once by each page. */
export const defineComponents = (): void => {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
    vsCodeTextArea(),
    vsCodeTextField(),
  )
}

/** What the toolkit's fields have, as their events' targets. */
export interface ValueControl extends HTMLElement {
  value: string
}

export interface CheckControl extends HTMLElement {
  checked: boolean
}
