/*
 * Asks the NHS Identity Agent for the ticket of the smartcard session and prints one line of JSON.
 *
 * A program of its own because the agent's library is a 32-bit one, which a 64-bit process cannot load
 * (devices.md section 2). Arguments: what to do, and the library by its path.
 *   get             the ticket; the agent may ask for the card and its PIN
 *   get-no-prompt   the ticket of a session that is there, or code 80100009
 * Answers {"ok":true,"ticket":"..."} or {"ok":false,"code":"8 hexadecimal digits"}; `library-missing` and
 * `library-strange` where the agent is not as expected. Exit code 0 whenever a line was printed.
 * On another system the same source is built against a stub of the library, to test this very program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
typedef HMODULE library_t;
static library_t open_library(const char *path) { return LoadLibraryA(path); }
static void *find(library_t library, const char *name) { return (void *)GetProcAddress(library, name); }
#else
#include <dlfcn.h>
typedef void *library_t;
static library_t open_library(const char *path) { return dlopen(path, RTLD_NOW); }
static void *find(library_t library, const char *name) { return dlsym(library, name); }
#endif

#define BUFFER_TOO_SMALL 0x80100004u
#define FIRST_SIZE 1024u
#define MOST_SIZE (64u * 1024u)

typedef long (*initialize_t)(void);
typedef void (*finalize_t)(long);
typedef int (*get_ticket_t)(long, char *, unsigned, unsigned *);
typedef unsigned long (*get_last_error_t)(long);

static int fail(const char *code) {
  printf("{\"ok\":false,\"code\":\"%s\"}\n", code);
  return 0;
}

static int fail_with(unsigned code) {
  char text[9];
  snprintf(text, sizeof text, "%08x", code);
  return fail(text);
}

/* Whatever the agent gives: letters and digits as they are, the rest escaped. */
static void print_text(const char *text) {
  for (; *text != '\0'; text += 1) {
    unsigned char c = (unsigned char)*text;
    int is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_plain) putchar(c);
    else printf("\\u%04x", c);
  }
}

static int print_ticket(get_ticket_t get_ticket, get_last_error_t get_last_error, long handle) {
  unsigned size = FIRST_SIZE;
  for (;;) {
    unsigned used = 0;
    char *ticket = calloc(size + 1, 1);
    if (ticket == NULL) return fail("no-memory");
    unsigned code = (unsigned)get_ticket(handle, ticket, size, &used);
    if (code == 0) {
      fputs("{\"ok\":true,\"ticket\":\"", stdout);
      print_text(ticket);
      puts("\"}");
    }
    memset(ticket, 0, size);
    free(ticket);
    if (code == 0) return 0;
    /* Some builds answer with a plain number and keep the code for who asks. */
    if (code < 0x80000000u && get_last_error != NULL) code = (unsigned)get_last_error(handle);
    if (code != BUFFER_TOO_SMALL) return fail_with(code);
    if (size >= MOST_SIZE) return fail("ticket-too-large");
    size *= 4;
  }
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  const char *deed = arguments[1];
  library_t library = open_library(arguments[2]);
  if (library == NULL) return fail("library-missing");
  initialize_t initialize = (initialize_t)find(library, "_TcktApi_Initialize");
  finalize_t finalize = (finalize_t)find(library, "_TcktApi_Finalize");
  get_ticket_t get_ticket = (get_ticket_t)find(library, "_TcktApi_getTicket");
  get_ticket_t get_quietly = (get_ticket_t)find(library, "_TcktApi_getTicketNoAuth");
  get_last_error_t get_last_error = (get_last_error_t)find(library, "_TcktApi_getLastError");
  if (initialize == NULL || finalize == NULL || get_ticket == NULL || get_quietly == NULL)
    return fail("library-strange");
  long handle = initialize();
  if (handle == 0) return fail("not-initialised");
  int result = 2;
  if (strcmp(deed, "get") == 0) result = print_ticket(get_ticket, get_last_error, handle);
  else if (strcmp(deed, "get-no-prompt") == 0) result = print_ticket(get_quietly, get_last_error, handle);
  finalize(handle);
  return result;
}
