/**
 * Something that went wrong on our side or in the set-up. `remedy` tells the operator what to do. A person
 * who asked for what can't be done gets a refusal instead, which is a value.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
