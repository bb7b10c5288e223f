#pragma once
#include <stdint.h>

#include "decoder.h"

/* '$', body, '*', four digits, '\r', '\n' */
#define FRAME_MAX (1 + BODY_MAX + 1 + 4 + 2)

/* Writes one frame, field by field. A body can not grow past what the contract allows: what would be too much is a bug
   of the caller and is cut, so that the receiver's CRC still holds and its buffer is safe. */
struct encoder {
    uint8_t bytes[FRAME_MAX];
    uint8_t length;
    uint16_t crc;
};

void encoder_start(struct encoder *encoder, const char *type);
void encoder_text(struct encoder *encoder, const char *text);
void encoder_number(struct encoder *encoder, uint32_t number);
void encoder_unknown(struct encoder *encoder);
void encoder_end(struct encoder *encoder);
