// Put before the desk's own start: the stand-in bans nobody, so the account need not speak as slowly as a person.
import { gentlePace } from '../../dist/bots/wechat/pace.js';

Object.assign(gentlePace, { sameMs: 0, switchMs: [0, 0], perMinute: Number.POSITIVE_INFINITY });
