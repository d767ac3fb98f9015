const masked = "***";

/** A value that shows itself to nobody who does not ask by name: printed, it is `***`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value in clear, for the moment it is sent. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return masked;
  }
}
