"""What runs beside and in the box. These files are copied out and never import the course."""
