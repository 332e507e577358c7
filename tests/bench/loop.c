/* What a message costs at the least: a loop around epoll_wait that sends with bare send(), one call for each client and
 * message. It speaks as much of WebSocket, Engine.IO and Socket.IO as the benchmark's own client needs, checks nothing,
 * and stores nothing. Use: loop PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 4096, ROOMS = 8192, EVENTS = 512, BACKLOG = 2048 };

/* The answer to the one key that the benchmark's client shows. */
static const char UPGRADE[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: P3+O+KTP1uy8Ci2UqcLCOLcCw8Q=\r\n\r\n";
static const char OPEN[] =
    "0{\"sid\":\"loop\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

struct client {
    int fd, room, place, is_upgraded;
    size_t have;
    char *data;
};

struct room {
    struct client **members;
    int count, space;
};

static struct room rooms[ROOMS];

static void put(struct client *to, const char *data, size_t size) {
    if (send(to->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)size)
        shutdown(to->fd, SHUT_RDWR); /* who does not read is cut */
}

static size_t frame(char *to, const char *text, size_t size) {
    to[0] = (char)0x81;
    if (size < 126) {
        to[1] = (char)size;
        memcpy(to + 2, text, size);
        return size + 2;
    }
    to[1] = 126;
    to[2] = (char)(size >> 8);
    to[3] = (char)size;
    memcpy(to + 4, text, size);
    return size + 4;
}

static void put_text(struct client *to, const char *text, size_t size) {
    char out[BUFFER + 16];
    put(to, out, frame(out, text, size));
}

static void enter(struct client *who, int number) {
    struct room *room = &rooms[number];
    if (room->count == room->space) {
        room->space = room->space ? room->space * 2 : 4;
        room->members = realloc(room->members, sizeof *room->members * (size_t)room->space);
    }
    who->room = number;
    who->place = room->count;
    room->members[room->count++] = who;
}

static void leave(struct client *who) {
    if (who->room < 0) return;
    struct room *room = &rooms[who->room];
    room->members[who->place] = room->members[--room->count];
    room->members[who->place]->place = who->place;
}

static void broadcast(int number, const char *text, size_t size) {
    char packet[BUFFER], out[BUFFER + 16];
    int length = snprintf(packet, sizeof packet, "42[\"said\",{\"room\":\"r%d\",\"text\":\"%.*s\"}]", number, (int)size, text);
    size_t framed = frame(out, packet, (size_t)length);
    struct room *room = &rooms[number];
    for (int at = 0; at < room->count; at++) put(room->members[at], out, framed);
}

/* The string that begins after `name` within an event; it has no escapes in it. */
static const char *field(const char *packet, const char *name, size_t *size) {
    const char *found = strstr(packet, name);
    if (!found) return NULL;
    found += strlen(name);
    *size = strcspn(found, "\"");
    return found;
}

static void take_event(struct client *from, char *packet) {
    char answer[BUFFER];
    int id = atoi(packet + 2), number = 0;
    size_t size = 0;
    const char *event = strchr(packet, '['), *room = field(packet, "\"room\":\"r", &size), *text;
    if (room) number = atoi(room) % ROOMS;
    text = field(packet, "\"text\":\"", &size);
    if (!event) return;
    if (!strncmp(event, "[\"join\"", 7)) {
        enter(from, number);
        put_text(from, answer, (size_t)sprintf(answer, "43%d[{\"ok\":true}]", id));
    } else if (!strncmp(event, "[\"say\"", 6) && text) {
        broadcast(number, text, size);
    } else if (!strncmp(event, "[\"ask\"", 6) && text) {
        int length = snprintf(answer, sizeof answer, "43%d[{\"ok\":true,\"text\":\"%.*s\"}]", id, (int)size, text);
        put_text(from, answer, (size_t)length);
    } else if (!strncmp(event, "[\"burst\"", 8) && (text = strstr(packet, "\"texts\":["))) {
        for (text += 9; *text == '"'; text += size + 3) {
            size = strcspn(text + 1, "\"");
            broadcast(number, text + 1, size);
        }
    }
}

static void take(struct client *from, char *packet, size_t size) {
    char kept = packet[size];
    packet[size] = 0;
    if (!strncmp(packet, "40", 2)) put_text(from, "40{\"sid\":\"loop\"}", 16);
    if (!strncmp(packet, "42", 2)) take_event(from, packet);
    packet[size] = kept;
}

/* Takes one whole frame; 0 when there is none, -1 when it is none of ours. */
static long take_frame(struct client *from, char *data, size_t have) {
    if (have < 6) return 0;
    size_t size = (size_t)(data[1] & 0x7f), at = 2;
    if (size == 126) {
        size = (size_t)(unsigned char)data[2] << 8 | (unsigned char)data[3];
        at = 4;
    } else if (size == 127) {
        return -1;
    }
    if (at + 4 + size >= BUFFER) return -1;
    if (have < at + 4 + size) return 0;
    char *mask = data + at, *packet = mask + 4;
    for (size_t i = 0; i < size; i++) packet[i] ^= mask[i & 3];
    if ((unsigned char)data[0] != 0x81) return -1;
    take(from, packet, size);
    return (long)(at + 4 + size);
}

static int read_from(struct client *from) {
    ssize_t got = recv(from->fd, from->data + from->have, BUFFER - 1 - from->have, MSG_DONTWAIT);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    from->have += (size_t)got;
    from->data[from->have] = 0;
    if (!from->is_upgraded) {
        char *end = strstr(from->data, "\r\n\r\n");
        if (!end) return 1;
        from->is_upgraded = 1;
        from->have -= (size_t)(end + 4 - from->data);
        memmove(from->data, end + 4, from->have);
        put(from, UPGRADE, sizeof UPGRADE - 1);
        put_text(from, OPEN, sizeof OPEN - 1);
    }
    size_t at = 0;
    long took;
    while ((took = take_frame(from, from->data + at, from->have - at)) > 0) at += (size_t)took;
    from->have -= at;
    memmove(from->data, from->data + at, from->have);
    return took == 0 && from->have < BUFFER - 1;
}

static void accept_all(int listener, int poll) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct client *new = calloc(1, sizeof *new);
        new->fd = fd;
        new->room = -1;
        new->data = malloc(BUFFER);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = new};
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    }
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, BACKLOG)) {
        perror("loop");
        exit(1);
    }
    return listener;
}

int main(int count, char **arguments) {
    int listener = listen_on(count > 1 ? atoi(arguments[1]) : 8000), poll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int at = 0; at < ready; at++) {
            struct client *from = events[at].data.ptr;
            if (!from) {
                accept_all(listener, poll);
            } else if (!read_from(from)) {
                leave(from);
                close(from->fd);
                free(from->data);
                free(from);
            }
        }
    }
}
