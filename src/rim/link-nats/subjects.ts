/** To and from the parent, as a child says it. */
export const UP = 'up';
export const DOWN = 'down';
/** To and from children, by their site, as the parent says it. */
export const TO = 'to';
export const FROM = 'from';
