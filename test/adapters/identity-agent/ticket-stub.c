/* The agent's library as a test wants it: it follows the words of the environment variable TICKET_STUB. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *scene(void) {
  const char *word = getenv("TICKET_STUB");
  return word == NULL ? "" : word;
}

long _TcktApi_Initialize(void) { return strcmp(scene(), "not-initialised") == 0 ? 0 : 7; }
void _TcktApi_Finalize(long handle) { (void)handle; }
unsigned long _TcktApi_getLastError(long handle) { (void)handle; return 0x80100009ul; }

static int give(char *into, unsigned size, unsigned *used) {
  char ticket[5000];
  memset(ticket, 'A', sizeof ticket);
  size_t length = strcmp(scene(), "long") == 0 ? 4999 : 0;
  if (length == 0) {
    strcpy(ticket, "AQIC5wM2\"\\@AAJTSQACMDE=#");
    length = strlen(ticket);
  }
  ticket[length] = '\0';
  if (size < length + 1) return (int)0x80100004u;
  memcpy(into, ticket, length + 1);
  *used = (unsigned)length;
  return 0;
}

int _TcktApi_getTicketNoAuth(long handle, char *into, unsigned size, unsigned *used) {
  (void)handle;
  if (strcmp(scene(), "no-session") == 0) return (int)0x80100009u;
  if (strcmp(scene(), "last-error") == 0) return 1;
  return give(into, size, used);
}

int _TcktApi_getTicket(long handle, char *into, unsigned size, unsigned *used) {
  (void)handle;
  if (strcmp(scene(), "aborted") == 0) return (int)0x80400001u;
  if (strcmp(scene(), "asking") == 0) sleep(60);
  if (strcmp(scene(), "dying") == 0) abort();
  return give(into, size, used);
}
