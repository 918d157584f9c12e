/* Orders of the test, the log, and the clock. */
#include "scripted.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define LINES 64
#define WORD 32
#define TEXT 480
#define OFFSET_NANOS 5000000000000LL
#define SECOND 1000000000LL

static struct {
    char word[WORD];
    char text[TEXT];
} orders[LINES];
static int count;
static char logfile[TEXT];

void control_read(void) {
    count = 0;
    logfile[0] = 0;
    const char *name = getenv("SCRIPTED_XR_CONTROL");
    FILE *f = name ? fopen(name, "r") : NULL;
    if (!f) return;
    while (count < LINES && fscanf(f, "%31s %479[^\n]", orders[count].word, orders[count].text) == 2) count++;
    fclose(f);
    control_text("log", logfile, sizeof logfile);
}

bool control_text(const char *word, char *into, size_t size) {
    for (int i = count - 1; i >= 0; i--) {
        if (!strcmp(orders[i].word, word)) {
            snprintf(into, size, "%s", orders[i].text);
            return true;
        }
    }
    return false;
}

double control(const char *word, double otherwise) {
    char text[TEXT];
    return control_text(word, text, sizeof text) ? atof(text) : otherwise;
}

bool control_due(const char *word, long frame) {
    if ((long)control(word, -1) != frame) return false;
    /* The loader unloads this library with its instance: only the file remembers. */
    FILE *f = fopen(getenv("SCRIPTED_XR_CONTROL"), "a");
    if (f) {
        fprintf(f, "%s -1\n", word);
        fclose(f);
    }
    if (count < LINES) {
        snprintf(orders[count].word, WORD, "%s", word);
        snprintf(orders[count++].text, TEXT, "-1");
    }
    return true;
}

void note(const char *format, ...) {
    FILE *f = logfile[0] ? fopen(logfile, "a") : NULL;
    if (!f) return;
    va_list values;
    va_start(values, format);
    vfprintf(f, format, values);
    va_end(values);
    fputc('\n', f);
    fclose(f);
}

void note_pose(char *into, size_t size, XrPosef p) {
    snprintf(into, size, "[%.7g,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g]", p.position.x, p.position.y, p.position.z,
             p.orientation.x, p.orientation.y, p.orientation.z, p.orientation.w);
}

XrTime time_of(const struct timespec *monotonic) {
    return monotonic->tv_sec * SECOND + monotonic->tv_nsec + OFFSET_NANOS;
}

void time_to(XrTime time, struct timespec *monotonic) {
    monotonic->tv_sec = (time - OFFSET_NANOS) / SECOND;
    monotonic->tv_nsec = (time - OFFSET_NANOS) % SECOND;
}

XrTime time_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return time_of(&now);
}

void time_sleep_until(XrTime time) {
    struct timespec until;
    time_to(time, &until);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0) {
    }
}
