"""The rotas that exist in ``outputs/``, and the history they hold."""
