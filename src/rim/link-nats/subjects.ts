/** To and from the parent, as a leaf says it. */
export const UP = 'up';
export const DOWN = 'down';
/** To and from children, by their site; only at the server the child's leaf joins. */
export const TO = 'to';
export const FROM = 'from';
