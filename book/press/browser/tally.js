// Counts what passed, and says at once what did not.

export class Tally {
    passed = 0;
    failed = 0;

    /** One statement about the book; `body` throws when it does not hold. */
    async check(statement, body) {
        try {
            await body();
            this.passed += 1;
        } catch (error) {
            this.failed += 1;
            console.log(`  ✗ ${statement}\n      ${String(error.message).trim().replaceAll('\n', '\n      ')}`);
        }
    }

    async suite(name, body) {
        const [began, passed, failed] = [Date.now(), this.passed, this.failed];
        await this.check(`${name} runs to its end`, body);
        const seconds = ((Date.now() - began) / 1000).toFixed(0);
        console.log(`${name}: ${this.passed - passed} passed, ${this.failed - failed} failed, ${seconds} s`);
    }
}

/** Throws `message` unless `condition` holds. */
export function expect(condition, message) {
    if (!condition) throw new Error(message);
}

export function same(actual, expected, what = 'value') {
    expect(actual === expected, `${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}

/** Waits until `read` gives something true; for what a page does in its own time. */
export async function until(read, what, patience = 30_000) {
    const end = Date.now() + patience;
    for (;;) {
        const value = await read();
        if (value) return value;
        if (Date.now() > end) throw new Error(`waited ${patience / 1000} s in vain: ${what}`);
        await new Promise(resolve => setTimeout(resolve, 50));
    }
}
