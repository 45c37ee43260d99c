/** What the council workflow says. */
export * from './messages/ballot.js';
export * from './messages/motion.js';
export * from './messages/result.js';
