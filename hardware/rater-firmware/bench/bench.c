#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "box.h"
#include "terminal.h"

/* The simulated box as a tool: its serial port is a pty, its buttons are commands, one a line. A command is answered
   by one line when it has happened, and the next is taken then. */

#define SLICE (2 * CYCLES_A_MS)
#define MOVES_MAX 128

enum pace { PACE_WALL, PACE_FAST, PACE_STEPS };

struct move {
    uint64_t at;
    int level;
    bool closed;
};

struct bench {
    struct box *box;
    struct terminal terminal;
    enum pace pace;
    const char *fifo;
    unsigned seed;

    struct move moves[MOVES_MAX];
    size_t move_count, move_next;
    uint64_t busy_until;
    bool answering;

    int input;
    char line[256];
    size_t length;
    bool too_long;
    bool ended;

    uint8_t out[512];
    size_t out_length;
    struct timespec began;
    uint64_t began_at;
};

static volatile sig_atomic_t told_to_stop;

static void on_stop(int signal_)
{
    (void)signal_;
    told_to_stop = 1;
}

static void say(const char *text)
{
    printf("%s\n", text);
    fflush(stdout);
}

static void flush_out(struct bench *bench)
{
    terminal_send(&bench->terminal, bench->out, bench->out_length);
    bench->out_length = 0;
}

static void on_byte(void *context, uint8_t byte)
{
    struct bench *bench = context;
    if (bench->out_length == sizeof bench->out)
        flush_out(bench);
    bench->out[bench->out_length++] = byte;
}

/* "80ms", "12s" or plain milliseconds; at most a day. */
static bool read_duration(const char *text, uint64_t *cycles)
{
    char *end;
    errno = 0;
    double value = strtod(text, &end);
    double ms = strcmp(end, "s") == 0 ? value * 1000 : value;
    if (end == text || errno || !(ms >= 0 && ms <= 86400000) || (*end && strcmp(end, "s") != 0 && strcmp(end, "ms") != 0))
        return false;
    *cycles = (uint64_t)(ms * CYCLES_A_MS);
    return true;
}

static bool read_level(const char *text, int *level)
{
    if (text[0] < '1' || text[0] > '5' || text[1])
        return false;
    *level = text[0] - '0';
    return true;
}

static void plan(struct bench *bench, uint64_t at, int level, bool closed)
{
    if (bench->move_count < MOVES_MAX)
        bench->moves[bench->move_count++] = (struct move){ at, level, closed };
}

static void begin(struct bench *bench)
{
    bench->move_count = bench->move_next = 0;
    bench->busy_until = box_cycle(bench->box);
    bench->answering = true;
}

/* press 5 80ms; press 2 4 80ms; hold 2 12s */
static const char *press(struct bench *bench, char **words, int count, const char *length)
{
    int levels[5], found = 0;
    uint64_t cycles;
    while (found < count && found < 5 && read_level(words[found], &levels[found]))
        found++;
    if (found == 0 || count - found > 1)
        return "error: press LEVEL... [DURATION], as in: press 5 80ms";
    if (!read_duration(found < count ? words[found] : length, &cycles))
        return "error: a duration is 80ms or 12s";
    begin(bench);
    for (int i = 0; i < found; i++)
        plan(bench, bench->busy_until, levels[i], true);
    for (int i = 0; i < found; i++)
        plan(bench, bench->busy_until + cycles, levels[i], false);
    bench->busy_until += cycles;
    return NULL;
}

/* Some 8 ms of chatter, 100 ms of contact, 8 ms of chatter. */
static const char *bounce(struct bench *bench, char **words, int count)
{
    int level;
    if (count != 1 || !read_level(words[0], &level))
        return "error: bounce LEVEL, as in: bounce 3";
    begin(bench);
    uint64_t at = bench->busy_until;
    for (int half = 0; half < 2; half++) {
        for (int i = 0; i < 8; i++) {
            plan(bench, at, level, i % 2 == half);
            at += CYCLES_A_MS / 5 + (uint64_t)rand_r(&bench->seed) % (CYCLES_A_MS * 8 / 5);
        }
        plan(bench, at, level, half == 0);
        at += 100 * CYCLES_A_MS;
    }
    bench->busy_until = at;
    return NULL;
}

static const char *put(struct bench *bench, char **words, int count, bool closed)
{
    int level;
    if (count != 1 || !read_level(words[0], &level))
        return "error: down LEVEL or up LEVEL";
    begin(bench);
    plan(bench, bench->busy_until, level, closed);
    return NULL;
}

static const char *wait_(struct bench *bench, char **words, int count)
{
    uint64_t cycles;
    if (count != 1 || !read_duration(words[0], &cycles))
        return "error: wait DURATION, as in: wait 500ms";
    begin(bench);
    bench->busy_until += cycles;
    return NULL;
}

/* Answered once the box is up: a button that is down while it starts is no press. */
static const char *come_up(struct bench *bench)
{
    begin(bench);
    bench->busy_until += 50 * CYCLES_A_MS;
    return NULL;
}

/* brownout; brownout at 12345 cycles: so many from now */
static const char *brown_out(struct bench *bench, char **words, int count)
{
    if (count == 0) {
        box_brown_out(bench->box);
        return come_up(bench);
    }
    char *end;
    unsigned long long cycles = count >= 2 ? strtoull(words[1], &end, 10) : 0;
    if (count != 3 || strcmp(words[0], "at") != 0 || strcmp(words[2], "cycles") != 0 || *end || words[1][0] == '-')
        return "error: brownout, or brownout at N cycles";
    box_brown_out_at(bench->box, box_cycle(bench->box) + cycles);
    return "ok";
}

static const char *lamps(const struct bench *bench)
{
    static char text[64];
    unsigned on = box_lamps(bench->box);
    snprintf(text, sizeof text, "leds %u %u %u %u %u buzzer %u",
        on & 1, on >> 1 & 1, on >> 2 & 1, on >> 3 & 1, on >> 4 & 1, on >> 5 & 1);
    return text;
}

static const char *figures(const struct bench *bench)
{
    static char text[160];
    const uint32_t *writes = box_eeprom_writes(bench->box);
    uint32_t busiest = 0;
    for (int i = 0; i < BOX_EEPROM_BYTES; i++)
        if (writes[i] > busiest)
            busiest = writes[i];
    snprintf(text, sizeof text, "cycles %llu static-ram %u stack %u busiest-cell %u watchdog %u",
        (unsigned long long)box_cycle(bench->box), box_static_bytes(bench->box), box_stack_bytes(bench->box),
        busiest, box_resets_by_watchdog(bench->box));
    return text;
}

static const char *const help =
    "press 5 80ms | press 2 4 80ms | bounce 3 | hold 2 12s | down 1 | up 1 | wait 500ms | reset | power | brownout | "
    "brownout at 12345 cycles | hang | leds? | figures? | help | quit";

/* What to answer at once; NULL where the answer comes when it has happened, or for an empty line. */
static const char *carry_out(struct bench *bench, char *line)
{
    char *words[8], *rest = NULL;
    int count = 0;
    for (char *word = strtok_r(line, " \t\r", &rest); word && count < 8; word = strtok_r(NULL, " \t\r", &rest))
        words[count++] = word;
    if (count == 0)
        return NULL;
    const char *verb = words[0];
    char **others = words + 1;
    count--;
    if (strcmp(verb, "press") == 0)
        return press(bench, others, count, "80ms");
    if (strcmp(verb, "hold") == 0)
        return press(bench, others, count, "12s");
    if (strcmp(verb, "bounce") == 0)
        return bounce(bench, others, count);
    if (strcmp(verb, "down") == 0 || strcmp(verb, "up") == 0)
        return put(bench, others, count, verb[0] == 'd');
    if (strcmp(verb, "wait") == 0)
        return wait_(bench, others, count);
    if (strcmp(verb, "brownout") == 0)
        return brown_out(bench, others, count);
    if (strcmp(verb, "leds?") == 0)
        return lamps(bench);
    if (strcmp(verb, "figures?") == 0)
        return figures(bench);
    if (strcmp(verb, "help") == 0)
        return help;
    if (strcmp(verb, "reset") == 0) {
        box_reset(bench->box);
        return come_up(bench);
    }
    if (strcmp(verb, "power") == 0) {
        box_power(bench->box);
        return come_up(bench);
    }
    if (strcmp(verb, "hang") == 0)
        box_hang(bench->box);
    else if (strcmp(verb, "quit") == 0)
        bench->ended = true;
    else
        return "error: no such command; try help";
    return "ok";
}

/* True where a whole line was there. */
static bool take_line(struct bench *bench)
{
    char c;
    ssize_t got;
    while ((got = read(bench->input, &c, 1)) == 1) {
        if (c != '\n') {
            if (bench->length == sizeof bench->line - 1)
                bench->too_long = true;
            else
                bench->line[bench->length++] = c;
            continue;
        }
        bench->line[bench->length] = '\0';
        bench->length = 0;
        return true;
    }
    if (got == 0)
        bench->ended = true;
    return false;
}

static void take_commands(struct bench *bench)
{
    while (!bench->ended && box_cycle(bench->box) >= bench->busy_until && bench->move_next == bench->move_count) {
        if (bench->answering) {
            bench->answering = false;
            say("ok");
        }
        if (!take_line(bench))
            return;
        const char *answer = bench->too_long ? "error: a line has at most 255 characters" : carry_out(bench, bench->line);
        bench->too_long = false;
        if (answer)
            say(answer);
        if (bench->answering)
            return;
    }
}

static void make_moves(struct bench *bench)
{
    while (bench->move_next < bench->move_count && bench->moves[bench->move_next].at <= box_cycle(bench->box)) {
        struct move move = bench->moves[bench->move_next++];
        box_button(bench->box, move.level, move.closed);
    }
}

static void run_slice(struct bench *bench)
{
    uint64_t now = box_cycle(bench->box), until = now + SLICE;
    make_moves(bench);
    if (bench->move_next < bench->move_count && bench->moves[bench->move_next].at < until)
        until = bench->moves[bench->move_next].at;
    if (bench->busy_until > now && bench->busy_until < until)
        until = bench->busy_until;
    if (until > now)
        box_run(bench->box, until - now);
    make_moves(bench);
}

static void exchange(struct bench *bench)
{
    uint8_t bytes[256];
    terminal_look(&bench->terminal);
    flush_out(bench);
    size_t room = box_feed_room(bench->box);
    size_t taken = terminal_take(&bench->terminal, bytes, room < sizeof bytes ? room : sizeof bytes);
    if (taken && !box_feed(bench->box, bytes, taken))
        say("error: the box's receiver is full");
}

/* Waits until the wall clock is where the box is; a machine that was too slow is not raced after. */
static void keep_pace(struct bench *bench)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t passed = (int64_t)(now.tv_sec - bench->began.tv_sec) * 1000000000 + (now.tv_nsec - bench->began.tv_nsec);
    int64_t due = (int64_t)((box_cycle(bench->box) - bench->began_at) * 125 / 2);
    if (due > passed) {
        struct timespec pause = { 0, (long)(due - passed) % 1000000000 };
        nanosleep(&pause, NULL);
    } else if (passed - due > 200000000) {
        bench->began = now;
        bench->began_at = box_cycle(bench->box);
    }
}

static void wait_for_command(const struct bench *bench)
{
    struct pollfd poll_of = { .fd = bench->input, .events = POLLIN };
    poll(&poll_of, 1, -1);
}

static void run(struct bench *bench)
{
    clock_gettime(CLOCK_MONOTONIC, &bench->began);
    bench->began_at = box_cycle(bench->box);
    bench->busy_until = box_cycle(bench->box) + 50 * CYCLES_A_MS;
    while (!bench->ended && !told_to_stop) {
        exchange(bench);
        take_commands(bench);
        bool idle = !bench->answering && box_cycle(bench->box) >= bench->busy_until;
        if (bench->ended)
            break;
        if (bench->pace == PACE_STEPS && idle) {
            wait_for_command(bench);
            continue;
        }
        run_slice(bench);
        if (bench->pace == PACE_WALL)
            keep_pace(bench);
    }
    exchange(bench);
}

static void open_input(struct bench *bench)
{
    bench->input = STDIN_FILENO;
    if (bench->fifo) {
        unlink(bench->fifo);
        /* Open for writing too, so that it never ends when one writer leaves. */
        if (mkfifo(bench->fifo, 0600) != 0 || (bench->input = open(bench->fifo, O_RDWR | O_CLOEXEC)) < 0) {
            fprintf(stderr, "rater-bench: %s: %s\n", bench->fifo, strerror(errno));
            exit(1);
        }
    }
    int flags = fcntl(bench->input, F_GETFL);
    fcntl(bench->input, F_SETFL, flags | O_NONBLOCK);
}

static void usage(void)
{
    fprintf(stderr,
        "rater-bench [--elf FILE] [--eeprom FILE] [--serial NAME] [--link PATH] [--commands FIFO] [--fast|--steps] [--seed N]\n"
        "Commands, one a line: %s\n", help);
    exit(2);
}

static const char *beside(const char *program, const char *name)
{
    static char path[4096];
    const char *slash = strrchr(program, '/');
    snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash - program + 1) : 0, program, name);
    return path;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "elf", required_argument, NULL, 'e' },      { "eeprom", required_argument, NULL, 'm' },
        { "serial", required_argument, NULL, 'n' },   { "link", required_argument, NULL, 'l' },
        { "commands", required_argument, NULL, 'c' }, { "fast", no_argument, NULL, 'f' },
        { "steps", no_argument, NULL, 's' },          { "seed", required_argument, NULL, 'r' },
        { NULL, 0, NULL, 0 },
    };
    static struct bench bench = { .pace = PACE_WALL, .seed = 1 };
    const char *elf = beside(argv[0], "rater.elf"), *eeprom = NULL, *serial = "BENCH001", *link = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'e': elf = optarg; break;
        case 'm': eeprom = optarg; break;
        case 'n': serial = optarg; break;
        case 'l': link = optarg; break;
        case 'c': bench.fifo = optarg; break;
        case 'f': bench.pace = PACE_FAST; break;
        case 's': bench.pace = PACE_STEPS; break;
        case 'r': bench.seed = (unsigned)strtoul(optarg, NULL, 10); break;
        default: usage();
        }
    }
    if (optind < argc || strlen(serial) < 1 || strlen(serial) > 8)
        usage();

    struct sigaction stop = { .sa_handler = on_stop };
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);

    bench.box = box_open(elf, eeprom, serial, bench.seed);
    box_on_byte(bench.box, on_byte, &bench);
    terminal_open(&bench.terminal, link);
    open_input(&bench);
    printf("port %s\n", link ? link : bench.terminal.path);
    if (isatty(STDIN_FILENO))
        printf("%s\n", help);
    fflush(stdout);

    run(&bench);

    terminal_close(&bench.terminal);
    if (bench.fifo)
        unlink(bench.fifo);
    box_close(bench.box);
    return 0;
}
