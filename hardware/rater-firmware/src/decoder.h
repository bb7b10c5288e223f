#pragma once
#include <stdbool.h>
#include <stdint.h>

#define BODY_MAX 48

/* Takes bytes as they come and gives the body of each whole and right frame. Whatever else is on the line is skipped
   up to the next '$'; what had begun as a frame and was none is counted. */
struct decoder {
    char body[BODY_MAX + 1];
    uint8_t length;
    uint8_t state;
    uint16_t crc;
    uint16_t given;
    uint32_t bad;
};

void decoder_start(struct decoder *decoder);

/* True where this byte ended a good frame: its body then lies in decoder->body until the next byte. */
bool decoder_take(struct decoder *decoder, uint8_t byte);

/* One more bad frame: right in its CRC, wrong in what it says. */
void decoder_refuse(struct decoder *decoder);
