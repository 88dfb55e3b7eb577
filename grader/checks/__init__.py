"""What a check is made of: exercises, questions, standard checks, tolerances and strategies for inputs."""
