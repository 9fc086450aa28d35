"""gunicorn: one web process with threads; the work is done by `redactor worker`."""

workers = 1
threads = 32  # a request that waits for its job holds one
worker_class = "gthread"
timeout = 120
graceful_timeout = 60
accesslog = None
control_socket_disable = True
limit_request_line = 4094
