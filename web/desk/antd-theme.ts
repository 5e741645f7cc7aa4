import { theme, type ThemeConfig } from 'antd';
import { FONT, type ThemeName, TOKENS } from '../theme/tokens.ts';

/** The library's components in our colours, compact and still. */
export const antdTheme = (name: ThemeName): ThemeConfig => {
  const tokens = TOKENS[name];
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: tokens.link,
      colorInfo: tokens.link,
      colorLink: tokens.link,
      colorSuccess: tokens.state.available,
      colorWarning: tokens.state.assigned,
      colorError: tokens.state.unavailable,
      colorBgBase: tokens.background,
      colorBgContainer: tokens.surface,
      colorBgElevated: tokens.raised,
      colorBgLayout: tokens.background,
      colorTextBase: tokens.text,
      colorText: tokens.text,
      colorTextSecondary: tokens.muted,
      colorBorder: tokens.line,
      colorBorderSecondary: tokens.line,
      fontFamily: FONT,
      fontSize: 13,
      controlHeight: 28,
      borderRadius: 6,
      // Nothing glides here; and where a browser is asked for less motion, a menu would wait for an animation that never ends.
      motion: false,
    },
  };
};
