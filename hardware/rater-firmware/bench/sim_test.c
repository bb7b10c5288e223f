#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "decoder.h"
#include "encoder.h"
#include "layout.h"
#include "records.h"

/* What is flashed, tested in the simulated chip: the real ELF, its pins, its line and its EEPROM, cut off at any cycle. */

#define FRAMES_MAX 8192
#define RAM_MAX 1024u
#define TIMED_PRESSES 100

struct frame {
    char body[BODY_MAX + 1];
    uint64_t at; /* cycle of its last byte */
};

static struct box *box;
static struct decoder line;
static struct frame frames[FRAMES_MAX];
static int frame_count;
static bool acknowledging;
static uint64_t first_byte_at;

static int passed, failed, wrong;
static const char *test_name;
static const char *elf;

static void wrong_at(int at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("  %s, line %d: ", test_name, at);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    wrong++;
}

#define EXPECT(condition, ...) do { if (!(condition)) wrong_at(__LINE__, __VA_ARGS__); } while (0)

static void run_ms(uint64_t ms)
{
    box_run(box, ms * CYCLES_A_MS);
}

static void tell(const char *type, long number)
{
    struct encoder encoder;
    encoder_start(&encoder, type);
    if (number >= 0)
        encoder_number(&encoder, (uint32_t)number);
    encoder_end(&encoder);
    if (!box_feed(box, encoder.bytes, encoder.length))
        wrong_at(__LINE__, "the line is full");
}

static void on_byte(void *context, uint8_t byte)
{
    (void)context;
    if (byte == '$')
        first_byte_at = box_cycle(box);
    if (!decoder_take(&line, byte) || frame_count == FRAMES_MAX)
        return;
    struct frame *frame = &frames[frame_count++];
    memcpy(frame->body, line.body, sizeof frame->body);
    frame->at = box_cycle(box);
    long sequence, level;
    if (acknowledging && sscanf(frame->body, "PRESS,%ld,%ld", &sequence, &level) == 2) {
        tell("ACK", sequence);
        tell("THANKS", level);
    }
}

static void forget_frames(void)
{
    frame_count = 0;
}

static int count(const char *prefix)
{
    int found = 0;
    for (int i = 0; i < frame_count; i++)
        if (strncmp(frames[i].body, prefix, strlen(prefix)) == 0)
            found++;
    return found;
}

static const struct frame *find(const char *prefix)
{
    for (int i = 0; i < frame_count; i++)
        if (strncmp(frames[i].body, prefix, strlen(prefix)) == 0)
            return &frames[i];
    return NULL;
}

static void fresh_box(void)
{
    if (box)
        box_close(box);
    box = box_open(elf, NULL, "SIMTEST1", 1);
    decoder_start(&line);
    box_on_byte(box, on_byte, NULL);
    acknowledging = false;
    forget_frames();
    run_ms(60);
}

static void press(int level, uint64_t ms)
{
    box_button(box, level, true);
    run_ms(ms);
    box_button(box, level, false);
}

static void press_both(int a, int b, uint64_t skew_ms, uint64_t ms)
{
    box_button(box, a, true);
    run_ms(skew_ms);
    box_button(box, b, true);
    run_ms(ms);
    box_button(box, a, false);
    box_button(box, b, false);
}

static void hello_says_who_and_why(void)
{
    EXPECT(box_pins_are_right(box), "pins");
    EXPECT(find("HELLO,1,SIMTEST1,1.0.0,1,1,P"), "no HELLO after power; first frame %s", frames[0].body);
    box_reset(box);
    run_ms(60);
    EXPECT(find("HELLO,1,SIMTEST1,1.0.0,1,2,E"), "no HELLO after reset");
    box_brown_out(box);
    run_ms(60);
    EXPECT(find("HELLO,1,SIMTEST1,1.0.0,1,3,B"), "no HELLO after brown-out");
    forget_frames();
    tell("IDENT", -1);
    run_ms(30);
    EXPECT(frame_count == 1 && find("HELLO,1,SIMTEST1,1.0.0,1,3,B"), "no HELLO after IDENT");
}

static void a_program_that_hangs_is_restarted(void)
{
    forget_frames();
    box_hang(box);
    run_ms(400);
    EXPECT(box_resets_by_watchdog(box) == 1, "%u bites", box_resets_by_watchdog(box));
    EXPECT(count("HELLO") == 1 && find("HELLO,1,SIMTEST1,1.0.0,1,2,W"), "no HELLO by the watchdog");
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void each_button_is_its_level_and_its_face(void)
{
    double waits[TIMED_PRESSES] = { 0 };
    acknowledging = true;
    for (int i = 0; i < TIMED_PRESSES; i++) {
        int level = i % 5 + 1;
        char expected[32];
        forget_frames();
        uint64_t edge = box_cycle(box);
        press(level, 80);
        run_ms(50);
        snprintf(expected, sizeof expected, "PRESS,%d,%d,", i + 1, level);
        EXPECT(count("PRESS") == 1 && find(expected), "%s not sent once", expected);
        if (find(expected))
            waits[i] = (double)(find(expected)->at - edge) / CYCLES_A_MS;
        EXPECT((box_lamps(box) & 0x1F) == 1u << (level - 1), "lamps %02x", box_lamps(box));
        run_ms(1500);
        if (i < 5) {
            run_ms(500);
            EXPECT(box_lamps(box) == 0, "lamps stay on");
        }
        /* Anywhere between two ticks of the box, and of its longer round. */
        box_run(box, (uint64_t)i * CYCLES_A_MS * 37 / 100);
    }
    qsort(waits, TIMED_PRESSES, sizeof waits[0], by_value);
    printf("  button edge to frame on the wire, %d presses: p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n", TIMED_PRESSES,
        waits[TIMED_PRESSES / 2], waits[TIMED_PRESSES * 99 / 100 - 1], waits[TIMED_PRESSES - 1]);
    EXPECT(waits[TIMED_PRESSES - 1] < 120, "slow");
}

static void a_press_that_bounces_counts_once(void)
{
    unsigned seed = 20261123;
    acknowledging = true;
    for (int i = 0; i < 10; i++) {
        forget_frames();
        for (int half = 0; half < 2; half++) {
            for (int k = 0; k < 8; k++) {
                box_button(box, 3, k % 2 == half);
                box_run(box, CYCLES_A_MS / 5 + (uint64_t)rand_r(&seed) % (2 * CYCLES_A_MS));
            }
            box_button(box, 3, half == 0);
            run_ms(60);
        }
        run_ms(1600);
        EXPECT(count("PRESS") == 1, "%d presses (seed 20261123, turn %d)", count("PRESS"), i);
    }
}

static void a_touch_shorter_than_20_ms_is_none(void)
{
    for (int i = 0; i < 20; i++) {
        press(1 + i % 5, 17);
        run_ms(30);
    }
    EXPECT(count("PRESS") == 0, "%d presses", count("PRESS"));
    press(4, 25);
    run_ms(100);
    EXPECT(count("PRESS,1,4,") == 1, "a touch of 25 ms is one");
}

static void mashing_is_locked_out_for_a_second_and_a_half(void)
{
    acknowledging = true;
    for (int i = 0; i < 60; i++) {
        press(5, 50);
        run_ms(50);
    }
    run_ms(100);
    uint64_t last = 0;
    for (int i = 0; i < frame_count; i++) {
        if (strncmp(frames[i].body, "PRESS", 5) != 0)
            continue;
        EXPECT(last == 0 || frames[i].at - last >= 1490ull * CYCLES_A_MS, "two presses in less than 1.5 s");
        last = frames[i].at;
    }
    EXPECT(count("PRESS") == 4, "%d presses in 6 s", count("PRESS"));
}

static void two_buttons_at_once_are_neither(void)
{
    for (int a = 1; a <= 5; a++)
        for (int b = 1; b <= 5; b++)
            if (a != b) {
                press_both(a, b, (uint64_t)(a + b) % 4 * 10, 80);
                run_ms(40);
            }
    run_ms(100);
    EXPECT(count("PRESS") == 0, "%d presses", count("PRESS"));
    press(2, 80);
    run_ms(50);
    EXPECT(count("PRESS,1,2,") == 1, "the next single press counts");
}

static void a_held_button_counts_once_and_is_reported(void)
{
    acknowledging = true;
    uint64_t edge = box_cycle(box);
    box_button(box, 2, true);
    run_ms(9900);
    EXPECT(count("PRESS,1,2,") == 1 && count("STUCK") == 0, "before 10 s");
    run_ms(300);
    EXPECT(count("STUCK,2") == 1, "not reported");
    press(4, 80);
    run_ms(50);
    EXPECT(count("PRESS,2,4,") == 1, "the others go on");
    run_ms(1600);
    box_button(box, 2, false);
    run_ms(60);
    EXPECT(count("FREED,2") == 1 && count("STUCK") == 1 && count("PRESS") == 2, "freed");
    const struct frame *stuck = find("STUCK");
    EXPECT(stuck && stuck->at - edge > 10000ull * CYCLES_A_MS, "too early");
    run_ms(60);
    press(2, 80);
    run_ms(50);
    EXPECT(count("PRESS,3,2,") == 1, "freed, it counts again");
}

static void a_button_held_through_a_reset_is_no_press(void)
{
    box_button(box, 1, true);
    box_reset(box);
    run_ms(1000);
    EXPECT(count("PRESS") == 0, "a press");
    run_ms(9200);
    EXPECT(count("STUCK,1") == 1, "not reported");
}

static void a_press_is_repeated_every_500_ms_until_acknowledged(void)
{
    press(3, 80);
    run_ms(3000);
    EXPECT(count("PRESS,1,3,") == 6, "%d times", count("PRESS"));
    const struct frame *last = NULL;
    for (int i = 0; i < frame_count; i++) {
        if (strncmp(frames[i].body, "PRESS", 5) != 0)
            continue;
        long age = strtol(frames[i].body + 10, NULL, 10);
        if (last) {
            double gap = (double)(frames[i].at - last->at) / CYCLES_A_MS;
            EXPECT(gap > 495 && gap < 505, "gap %.1f ms", gap);
            EXPECT(age - strtol(last->body + 10, NULL, 10) == 500, "age %ld", age);
        }
        last = &frames[i];
    }
    tell("ACK", 2);
    tell("ACK", 0);
    run_ms(1000);
    EXPECT(count("PRESS,1,3,") == 8, "another's ACK made it forget");
    tell("ACK", 1);
    run_ms(60);
    forget_frames();
    run_ms(5000);
    EXPECT(count("PRESS") == 0, "sent after the ACK");
    EXPECT(count("BEAT") == 1 && strstr(find("BEAT")->body, ",0,0"), "BEAT %s", find("BEAT")->body);
    box_power(box);
    run_ms(1000);
    EXPECT(count("PRESS") == 0, "sent again after power");
}

static void a_beat_comes_every_5_s(void)
{
    run_ms(20000);
    EXPECT(count("BEAT") == 4, "%d", count("BEAT"));
    EXPECT(find("BEAT,5,0,0") && find("BEAT,20,0,0"), "%s", frames[1].body);
}

static void a_press_outlives_the_power_with_unknown_age(void)
{
    press(1, 80);
    run_ms(1700);
    press(5, 80);
    run_ms(200);
    box_power(box);
    forget_frames();
    run_ms(1000);
    EXPECT(find("HELLO,1,SIMTEST1,1.0.0,3,2,P"), "%s", frames[0].body);
    EXPECT(strncmp(frames[0].body, "HELLO", 5) == 0, "HELLO comes first");
    EXPECT(count("PRESS,1,1,-1") == 2 && count("PRESS,2") == 0, "the oldest, unknown age");
    tell("ACK", 1);
    run_ms(100);
    EXPECT(count("PRESS,2,5,-1") == 1, "the next at once");
}

static void lamps_follow_open_close_and_thanks(void)
{
    tell("OPEN", 3);
    run_ms(20);
    EXPECT(box_lamps(box) == 0x1F, "open");
    run_ms(2900);
    EXPECT(box_lamps(box) == 0x1F, "still open");
    run_ms(200);
    EXPECT(box_lamps(box) == 0, "over");
    tell("OPEN", 60);
    tell("THANKS", 4);
    run_ms(20);
    EXPECT(box_lamps(box) == 0x28, "thanks %02x", box_lamps(box));
    int changes = 0;
    unsigned before = box_lamps(box) & 0x1F;
    for (int i = 0; i < 1900; i++) {
        run_ms(1);
        unsigned now = box_lamps(box) & 0x1F;
        EXPECT(now == 0 || now == 8, "%02x", now);
        changes += now != before;
        before = now;
    }
    EXPECT(changes >= 8, "%d changes", changes);
    run_ms(200);
    EXPECT(box_lamps(box) == 0x1F, "open again");
    tell("CLOSE", -1);
    run_ms(20);
    EXPECT(box_lamps(box) == 0, "closed");
}

static void noise_on_the_line_is_counted_and_skipped(void)
{
    static const char noise[] = "xyz\r\n$ACK,1*0000\r\n$IDENT*zzzz\r\n$IDENT$$\x01\xff$THANKS,";
    box_feed(box, (const uint8_t *)noise, sizeof noise - 1);
    tell("IDENT", -1);
    tell("THANKS", 9);
    tell("OPEN", 4294967295);
    tell("LATER", 1);
    run_ms(30);
    EXPECT(count("HELLO") == 2, "IDENT right after noise: %d", count("HELLO"));
    EXPECT(box_lamps(box) == 0x1F, "THANKS,9 and OPEN for ever: %02x", box_lamps(box));
    run_ms(5000);
    EXPECT(find("BEAT,5,0,7"), "%s", find("BEAT")->body);

    unsigned seed = 7;
    for (int i = 0; i < 200; i++) {
        uint8_t bytes[64];
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (uint8_t)rand_r(&seed);
        box_feed(box, bytes, sizeof bytes);
        run_ms(6);
    }
    forget_frames();
    tell("IDENT", -1);
    run_ms(50);
    EXPECT(count("HELLO") == 1, "deaf after noise");
}

static void away_for_as_long_as_memory_lasts_and_back(void)
{
    int levels[SLOTS + 1];
    for (int i = 1; i <= SLOTS; i++) {
        levels[i] = 1 + (i * 7) % 5;
        forget_frames();
        EXPECT(i == 1 || box_lamps(box) == 0, "blinks before it is full, at %d", i);
        press(levels[i], 70);
        run_ms(1530);
    }
    forget_frames();
    press(3, 80);
    run_ms(2000);
    EXPECT(box_lamps(box) == 0x1F || box_lamps(box) == 0, "lamps %02x", box_lamps(box));
    int lit = 0;
    for (int i = 0; i < 40; i++) {
        run_ms(100);
        lit += box_lamps(box) == 0x1F;
    }
    EXPECT(lit > 10 && lit < 30, "all faces blink: %d of 40", lit);
    char beat[32];
    snprintf(beat, sizeof beat, ",%d,0", SLOTS);
    EXPECT(find("BEAT") && strstr(find("BEAT")->body, beat), "BEAT %s", find("BEAT") ? find("BEAT")->body : "-");

    box_power(box);
    run_ms(60);
    forget_frames();
    acknowledging = true;
    run_ms(SLOTS * 30);
    int next = 1;
    for (int i = 0; i < frame_count; i++) {
        char expected[32];
        if (strncmp(frames[i].body, "PRESS", 5) != 0)
            continue;
        snprintf(expected, sizeof expected, "PRESS,%d,%d,-1", next, next <= SLOTS ? levels[next] : 0);
        EXPECT(strcmp(frames[i].body, expected) == 0, "%s, not %s", frames[i].body, expected);
        next++;
    }
    EXPECT(next == SLOTS + 1, "%d delivered", next - 1);
    run_ms(2000);
    EXPECT(box_lamps(box) == 0, "no longer full");
    forget_frames();
    press(5, 80);
    run_ms(100);
    EXPECT(count("PRESS") == 1 && find("PRESS,113,5,"), "takes presses again");
    printf("  %d presses kept while the agent was away, then delivered in %.1f s or less\n", SLOTS, SLOTS * .03);
}

/* A ring that has been round once, all acknowledged, as presses.c would have left it. */
static void age_the_ring(uint8_t *eeprom)
{
    for (uint32_t sequence = 4; sequence <= SLOTS + 3; sequence++) {
        uint8_t *record = eeprom + SLOTS_AT + sequence % SLOTS * SLOT_BYTES;
        record_set_number(record, sequence);
        record[4] = (uint8_t)(1 + sequence % 5);
        record_seal(record, SLOT_CRC);
        record[SLOT_MARK] = sequence / SLOTS % 2 ? 0x5A : 0xA5;
    }
}

static uint8_t snapshot[BOX_EEPROM_BYTES];

/* That ring, and two presses that wait to be acknowledged. */
static void take_snapshot(void)
{
    age_the_ring(box_eeprom(box));
    box_power(box);
    run_ms(60);
    EXPECT(find("HELLO,1,SIMTEST1,1.0.0,116,"), "the aged ring is not read");
    press(2, 70);
    run_ms(1520);
    press(4, 70);
    run_ms(100);
    memcpy(snapshot, box_eeprom(box), BOX_EEPROM_BYTES);
}

static void from_snapshot(void)
{
    memcpy(box_eeprom(box), snapshot, BOX_EEPROM_BYTES);
    box_power(box);
    acknowledging = false;
    forget_frames();
    run_ms(60);
}

/* Every whole press that the box now has to tell, in order. */
static int deliver_all(int sequences[], int levels[], int room)
{
    int got = 0;
    forget_frames();
    acknowledging = true;
    run_ms(200);
    for (int i = 0; i < frame_count; i++) {
        int sequence, level;
        if (sscanf(frames[i].body, "PRESS,%d,%d", &sequence, &level) != 2)
            continue;
        if (got && got <= room && sequences[got - 1] == sequence)
            continue;
        if (got < room) {
            sequences[got] = sequence;
            levels[got] = level;
        }
        got++;
    }
    acknowledging = false;
    return got;
}

/* How much a test does that does the same again and again: more where ./test --all runs it. */
static int effort(int usual, int all)
{
    const char *asked = getenv("RECEPTION_TEST_ALL");
    return asked && strcmp(asked, "1") == 0 ? all : usual;
}

static void a_power_cut_in_a_write_costs_at_most_that_press(void)
{
    take_snapshot();
    int base = SLOTS + 3, kept = 0, lost = 0, step = effort(4, 1);
    /* From before the press is accepted until after its last byte, and on each side of every byte's end. */
    for (uint64_t cut = 58ull * CYCLES_A_MS; cut < 90ull * CYCLES_A_MS; cut += 7177 * step) {
        for (int tear = TEAR_RANDOM; tear <= TEAR_ERASED; tear++) {
            int sequences[4] = { 0 }, levels[4] = { 0 };
            from_snapshot();
            box_tear(box, (enum box_tear)tear);
            box_brown_out_at(box, box_cycle(box) + cut);
            press(5, 40);
            run_ms(17);
            int got = deliver_all(sequences, levels, 4);
            bool right = got >= 2 && got <= 3 && sequences[0] == base + 1 && levels[0] == 2
                && sequences[1] == base + 2 && levels[1] == 4 && (got == 2 || (sequences[2] == base + 3 && levels[2] == 5));
            EXPECT(right, "cut at %llu: %d presses, %d/%d %d/%d %d/%d", (unsigned long long)cut, got, sequences[0],
                levels[0], sequences[1], levels[1], sequences[2], levels[2]);
            kept += got == 3;
            lost += got == 2;

            if ((kept + lost) % 6)
                continue;
            char expected[32];
            snprintf(expected, sizeof expected, "PRESS,%d,1,", base + got + 1);
            press(1, 80);
            run_ms(60);
            EXPECT(find(expected), "after a cut at %llu the sequence is not %d", (unsigned long long)cut, base + got + 1);
        }
    }
    EXPECT(kept > 10 / step && lost > 50 / step, "the sweep did not cross the write: %d kept, %d lost", kept, lost);
    printf("  %d power cuts around one write: the press kept %d times, itself lost %d times, no other ever\n",
        kept + lost, kept, lost);
}

static void a_power_cut_in_an_acknowledgement_loses_nothing(void)
{
    int base = SLOTS + 3, again = 0, cuts = 0;
    take_snapshot();
    for (uint64_t cut = CYCLES_A_MS / 2; cut < 8ull * CYCLES_A_MS; cut += 2713 * effort(4, 1)) {
        for (int tear = TEAR_RANDOM; tear <= TEAR_ERASED; tear++) {
            int sequences[4] = { 0 }, levels[4] = { 0 };
            from_snapshot();
            box_tear(box, (enum box_tear)tear);
            tell("ACK", base + 1);
            box_brown_out_at(box, box_cycle(box) + cut);
            run_ms(9);
            int got = deliver_all(sequences, levels, 4);
            int from = got == 2 ? 0 : 1;
            bool right = (got == 1 || (got == 2 && sequences[0] == base + 1 && levels[0] == 2))
                && sequences[1 - from] == base + 2 && levels[1 - from] == 4;
            EXPECT(right, "cut at %llu: %d presses, %d/%d %d/%d", (unsigned long long)cut, got, sequences[0], levels[0],
                sequences[1], levels[1]);
            again += got == 2;
            cuts++;
        }
    }
    EXPECT(again > 0 && again < cuts, "the sweep did not cross the write: %d of %d", again, cuts);
}

static void a_reset_in_a_write_costs_at_most_that_press(void)
{
    take_snapshot();
    for (uint64_t cut = 61; cut < 84; cut += 2) {
        int sequences[4] = { 0 }, levels[4] = { 0 };
        from_snapshot();
        box_button(box, 5, true);
        run_ms(cut);
        box_reset(box);
        box_button(box, 5, false);
        int got = deliver_all(sequences, levels, 4);
        EXPECT(got == 2 || (got == 3 && levels[2] == 5), "%d presses at %d ms", got, (int)cut);
        EXPECT(sequences[0] == SLOTS + 4 && sequences[1] == SLOTS + 5, "another press is lost at %d ms", (int)cut);
    }
}

/* Presses, cuts, resets, noise and an agent that comes and goes, against what an agent that knows a press by its
   sequence has seen. */
static void whatever_happens_every_press_arrives_once_and_in_order(void)
{
    unsigned seed = 3141592;
    int last = 0, presses = 0, sure = 0, arrived = 0;
    for (int i = 0; i < effort(20, 60); i++) {
        acknowledging = rand_r(&seed) % 3 == 0;
        int cut = rand_r(&seed) % 6;
        if (cut == 0)
            box_brown_out_at(box, box_cycle(box) + rand_r(&seed) % (110 * CYCLES_A_MS));
        int level = 1 + rand_r(&seed) % 5;
        press(level, 90);
        presses++;
        sure += cut != 0;
        run_ms(1480);
        if (cut == 1) {
            box_reset(box);
            run_ms(50);
        }
        for (int k = 0; k < frame_count; k++) {
            int sequence;
            if (sscanf(frames[k].body, "PRESS,%d", &sequence) == 1) {
                EXPECT(sequence <= last + 1, "jumped from %d to %d (seed 3141592, turn %d)", last, sequence, i);
                if (sequence == last + 1) {
                    last = sequence;
                    arrived++;
                }
            }
        }
        forget_frames();
    }
    acknowledging = true;
    run_ms(4000);
    for (int k = 0; k < frame_count; k++) {
        int sequence;
        if (sscanf(frames[k].body, "PRESS,%d", &sequence) == 1 && sequence == last + 1) {
            last = sequence;
            arrived++;
        }
    }
    EXPECT(arrived >= sure && arrived <= presses, "%d pressed, %d of them in peace, %d arrived", presses, sure, arrived);
}

static void memory_stays_within_bounds(void)
{
    unsigned stack = box_stack_bytes(box), statics = box_static_bytes(box);
    printf("  RAM: %u static + %u of stack at its deepest = %u of %u bytes\n", statics, stack, statics + stack, RAM_MAX);
    EXPECT(statics + stack <= RAM_MAX, "too much");
}

static void run(const char *name, void (*test)(void), bool fresh)
{
    test_name = name;
    wrong = 0;
    if (fresh)
        fresh_box();
    test();
    if (wrong) {
        failed++;
        printf("FAILED %s\n", name);
    } else {
        passed++;
    }
    fflush(stdout);
}

#define RUN(test) run(#test, test, true)

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "sim-test ELF\n");
        return 2;
    }
    elf = argv[1];
    RUN(hello_says_who_and_why);
    RUN(a_program_that_hangs_is_restarted);
    RUN(each_button_is_its_level_and_its_face);
    RUN(a_press_that_bounces_counts_once);
    RUN(a_touch_shorter_than_20_ms_is_none);
    RUN(mashing_is_locked_out_for_a_second_and_a_half);
    RUN(two_buttons_at_once_are_neither);
    RUN(a_held_button_counts_once_and_is_reported);
    RUN(a_button_held_through_a_reset_is_no_press);
    RUN(a_press_is_repeated_every_500_ms_until_acknowledged);
    RUN(a_beat_comes_every_5_s);
    RUN(a_press_outlives_the_power_with_unknown_age);
    RUN(lamps_follow_open_close_and_thanks);
    RUN(noise_on_the_line_is_counted_and_skipped);
    RUN(away_for_as_long_as_memory_lasts_and_back);
    RUN(a_power_cut_in_a_write_costs_at_most_that_press);
    RUN(a_power_cut_in_an_acknowledgement_loses_nothing);
    RUN(a_reset_in_a_write_costs_at_most_that_press);
    RUN(whatever_happens_every_press_arrives_once_and_in_order);
    run("memory_stays_within_bounds", memory_stays_within_bounds, false);
    box_close(box);
    printf("simulated box: %d passed, %d failed\n", passed, failed);
    return failed != 0;
}
