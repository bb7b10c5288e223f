"""Draws what an ESC/POS printer would of a stream: paper.py WIDTH FEED_UNIT <stream >picture.pbm

Written from the command references alone, it shares nothing with the product; a command that is not in them ends it.
"""
import sys


class Paper:
    def __init__(self, width):
        self.width, self.rows, self.margin = width, [], 0

    def row(self, dots):
        line = bytearray((self.width + 7) // 8)
        for x in dots:
            if x < self.width:
                line[x // 8] |= 0x80 >> x % 8
        self.rows.append(bytes(line))

    def raster(self, scale, wide, high, data):
        for y in range(high):
            row = data[y * wide:(y + 1) * wide]
            dots = [x for x in range(wide * 8) if row[x // 8] & 0x80 >> x % 8]
            line = [self.margin + x * scale + i for x in dots for i in range(scale)]
            for _ in range(scale):
                self.row(line)

    def feed(self, rows):
        for _ in range(rows):
            self.row(())


def draw(stream, width, feed_unit):
    paper, at = Paper(width), 0

    def take(count):
        nonlocal at
        if at + count > len(stream):
            raise SystemExit(f"the stream ends within a command at {at}")
        at += count
        return stream[at - count:at]

    while at < len(stream):
        first = take(1)
        if first == b"\0":
            continue
        command = first + take(1)
        if command == b"\x1b@":
            paper.margin = 0
        elif command == b"\x1dL":
            paper.margin = int.from_bytes(take(2), "little")
        elif command == b"\x1dv":
            zero, mode, wide, high = take(1), take(1)[0], int.from_bytes(take(2), "little"), int.from_bytes(take(2), "little")
            if zero != b"0" or mode not in (0, 3):
                raise SystemExit(f"GS v {zero} {mode} at {at}")
            paper.raster(2 if mode == 3 else 1, wide, high, take(wide * high))
        elif command == b"\x1bJ":
            paper.feed(round(take(1)[0] * 203 / feed_unit))
        elif command == b"\x1bd":
            paper.feed(take(1)[0] * 34)
        elif command == b"\x1dV":
            if take(1)[0] in (65, 66):
                take(1)
        elif command in (b"\x1da", b"\x1dr"):
            take(1)
        elif command == b"\x10\x04":
            take(1)
        else:
            raise SystemExit(f"{command.hex()} at {at - 2} is no command of these printers")
    return paper


if __name__ == "__main__":
    drawn = draw(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.buffer.write(b"P4\n%d %d\n" % (drawn.width, len(drawn.rows)) + b"".join(drawn.rows))
