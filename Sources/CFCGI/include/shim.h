#ifndef CFCGI_SHIM_H
#define CFCGI_SHIM_H
// libfcgi (FastCGI-Archives/fcgi2), the FCGX_ interface: multi-thread safe with a FCGX_Request of one's own.
#include <fcgiapp.h>
#endif
