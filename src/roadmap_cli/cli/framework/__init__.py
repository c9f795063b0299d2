"""What is asked of typer beyond a plain command: lazy parts, options, help, complaints."""
