// Generated from trainer/sockets/protocol.py by `make generate`. Do not edit.

export const EVENTS = Object.freeze({
  "VIEW": "view",
  "OWN": "own",
  "POST": "post",
  "WITHDRAW": "withdraw",
  "ACT": "act",
  "SHARING": "sharing",
  "COMMAND": "command",
  "ENTER": "enter",
  "SCREENS": "screens",
  "DOOR": "door",
  "HELLO": "hello",
  "ENDED": "ended"
});

export const REFUSALS = Object.freeze({
  "UNKNOWN": "unknown meeting",
  "NOT_JOINED": "not joined"
});

export const LONGEST_PLACE = 19;
