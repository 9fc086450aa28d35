"""gunicorn: one web process with threads, for the engine keeps its workers beside it."""

workers = 1
threads = 8
worker_class = "gthread"
timeout = 120
graceful_timeout = 60
accesslog = None
control_socket_disable = True
limit_request_line = 4094
