/** The kinds of questions a command may ask. Each hears words, checks what is stored and says a value back. */
export { choice, choices } from './questions/choice.js';
export { creditCode } from './questions/credit-code.js';
export { inline } from './questions/inline.js';
export { moment } from './questions/moment.js';
export { number } from './questions/number.js';
export { optional } from './questions/optional.js';
export { period, periodInstants, sayPeriod } from './questions/period.js';
export { phone } from './questions/phone.js';
export { saySpan, span, spanInstants } from './questions/span.js';
export { text } from './questions/text.js';
export { yesNo } from './questions/yes-no.js';
